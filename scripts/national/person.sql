-- Grain: one person of the population that may receive benefits.
-- Ids rise with the person number, so that every table can be sorted by an integer; about one in five moves once.
create temp table person as
with numbered as (
    select
        range as person_no,
        draw('career', range, 0, 0) as career_draw,
        draw('age', range, 0, 0) as age_draw,
        floor(10000 * draw('home', range, 0, 0))::integer as home_slot,
        floor(10000 * draw('new home', range, 0, 0))::integer as new_home_slot,
        18446744073709551615::ubigint // getvariable('persons')::ubigint as stride
    from range(getvariable('persons'))
)

select
    numbered.person_no,
    printf(
        '%016x',
        numbered.person_no::ubigint * numbered.stride
        + hash(xor(hash(numbered.person_no), hash(getvariable('seed') || ':id'))) % numbered.stride
    ) as person_id,
    career.career,
    career.first_age,
    career.last_age,
    date '2017-01-01' - floor(
        365.25 * (career.first_age - 8 + numbered.age_draw * (career.last_age - career.first_age + 8))
    )::integer as foedselsdato,
    home.kommunekode,
    case
        when draw('moves', numbered.person_no, 0, 0) < 0.2
            then date '2017-01-01' + floor(2922 * draw('move day', numbered.person_no, 0, 0))::integer
    end as moved_on,
    new_home.kommunekode as new_kommunekode,
from numbered
inner join career
    on
        numbered.career_draw >= career.from_share
        and numbered.career_draw < career.to_share
inner join municipality_slot as home on numbered.home_slot = home.slot
inner join municipality_slot as new_home on numbered.new_home_slot = new_home.slot
order by numbered.person_no
