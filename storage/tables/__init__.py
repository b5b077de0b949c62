"""Every table, once; docs/data_map.md says what each column is for."""
