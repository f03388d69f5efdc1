"""What all rooms of the panel share: the frame of a page, the session, errors, forms, formats, assets."""
