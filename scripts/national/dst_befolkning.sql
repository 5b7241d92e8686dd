-- Population by age 0-99, falling evenly from 60 on, growing 0.4 % a year; scaled like the rest of the delivery.
with ages as (
    select
        range::integer as alder,
        case when range < 60 then 1.0 else (100 - range) / 40.0 end as weight
    from range(100)
),

quarters as (
    select range::integer as number, make_date(2017 + range // 4, 1 + 3 * (range % 4), 1) as kvartal
    from range(32)
),

expected as (
    select
        municipality.kommunekode,
        quarters.kvartal,
        ages.alder,
        municipality.folketal * getvariable('share') * ages.weight / (select sum(weight) from ages)
        * (1 + 0.001 * quarters.number) as persons,
        draw('population', hash(municipality.kommunekode), quarters.number, ages.alder) as rounding_draw
    from municipality
    cross join quarters
    cross join ages
)

select
    kommunekode,
    kvartal,
    alder,
    floor(persons + rounding_draw)::integer as antal,
from expected
order by kommunekode, kvartal, alder
