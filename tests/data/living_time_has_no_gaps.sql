-- Rules: D-03, T-01.
-- The day clock can be read on every day: its stretches follow each other from the beginning of time to its end.
{{ test_no_gaps(ref('int_living_time'), ['person_key'], first_day=before_time()) }}
