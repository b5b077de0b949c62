"""Where messages come in and pages ask: each door hands on to the pipeline."""
