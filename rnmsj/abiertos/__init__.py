"""The open data of the whole portal: what tables there are, and their description for machines."""
