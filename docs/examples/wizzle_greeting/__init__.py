"""An example of a foreign plugin: neighbours greet each other on the home page."""
