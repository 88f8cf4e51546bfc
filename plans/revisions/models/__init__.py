"""Records of revisions, routes and the making of editions."""
