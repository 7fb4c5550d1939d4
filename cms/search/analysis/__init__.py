"""From text to terms, language by language. It knows neither Django models nor Whoosh."""
