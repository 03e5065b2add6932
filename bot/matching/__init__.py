"""From text to a Reading: who is meant, what is asked, narrowed how, and how sure that is."""
