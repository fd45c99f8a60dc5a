"""Body rows: joined over page breaks, split where two were printed as one, and typed."""
