-- Actual share of the year on benefits against the expected one; about half of the municipalities lie above.
with drawn as (
    select
        municipality.kommunekode,
        years.range::integer as aar,
        0.08 + 0.06 * draw('expected', hash(municipality.kommunekode), 0, 0) as expected,
        0.016 * (draw('actual', hash(municipality.kommunekode), 0, 0) - 0.5)
        + 0.006 * (draw('actual', hash(municipality.kommunekode), years.range, 0) - 0.5) as difference
    from municipality
    cross join range(2018, 2025) as years
)

select
    kommunekode,
    aar,
    round(expected + difference, 6)::decimal(9, 6) as faktisk_ydelsesgrad,
    round(expected, 6)::decimal(9, 6) as forventet_ydelsesgrad,
from drawn
order by kommunekode, aar
