"""A page's picture made readable: rendered, turned, straightened, and cleared of what is no print."""
