"""One function for each thing a person does with the journal."""
