"""The grounds of a partnership: kept in versions, by its data protection officers, with four eyes."""
