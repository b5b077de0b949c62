"""The safety plan: sections, lines in the person's own words, versions and showing."""
