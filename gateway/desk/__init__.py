"""The staff side behind its pages: accounts, inbox, cases, links, figures, practice."""
