-- Rules: C-04, C-09.
-- On every day there is one row of each contact form.
{{ test_no_gaps(ref('int_contact_form_rules'), ['contact_form'], first_day="date '1900-01-01'") }}
