"""From attendance to the seats that teams need, and how sure one can be of them."""
