"""Natural calls of the public functions, what they must give, and a page of them."""
