"""Stories form from articles: values in, values out."""
