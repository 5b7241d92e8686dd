-- Shares of personal attendance, telephone and video among the conversations; the rest is another form.
create temp table form_period as
with changes (from_date, personal_share, telephone_share, video_share) as (
    values
    (date '1900-01-01', 0.86, 0.11, 0.01),
    (date '2020-03-12', 0.05, 0.88, 0.05),
    (date '2020-05-27', 0.35, 0.50, 0.13),
    (date '2021-09-01', 0.78, 0.17, 0.04),
    (date '2021-12-19', 0.50, 0.37, 0.11),
    (date '2022-02-01', 0.66, 0.25, 0.08),
    (date '2023-03-22', 0.45, 0.36, 0.17)
)

select
    *,
    coalesce(lead(from_date) over (order by from_date) - 1, date '2100-12-31') as to_date,
from changes
