"""Background work: what is still to be done stands in the rows; here it is found and done."""
