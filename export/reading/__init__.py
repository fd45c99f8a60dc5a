"""Our own workbooks and folders read back, also after people worked in them."""
