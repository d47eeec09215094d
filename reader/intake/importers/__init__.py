"""One small file for each format that other programs write, behind one interface (`base`)."""
