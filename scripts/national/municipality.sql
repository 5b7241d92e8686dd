-- Municipalities with their own pace of effort, and how far it swings by year.
create temp table municipality as
select
    kommunekode,
    folketal,
    0.82 + 0.30 * draw('conversation factor', hash(kommunekode), 0, 0) as conversation_factor,
    0.05 + 0.15 * draw('seldom met share', hash(kommunekode), 0, 0) as seldom_met_share,
    0.68 + 0.52 * draw('offer factor', hash(kommunekode), 0, 0) as offer_factor,
    0.05 + 0.27 * draw('no offer share', hash(kommunekode), 0, 0) as no_offer_share,
from read_csv(getvariable('folketal_file'), columns = {'kommunekode': 'varchar', 'folketal': 'integer'});

create temp table municipality_year as
select
    kommunekode,
    range::integer as aar,
    0.74 + 0.14 * draw('held share', hash(kommunekode), range, 0) as held_share,
    0.80 + 0.20 * draw('offer share', hash(kommunekode), range, 0) as offer_share,
from municipality
cross join range(2016, 2026);

-- 10,000 slots shared out by population, so that a draw finds its municipality by equality.
create temp table municipality_slot as
with reached as (
    select
        kommunekode,
        folketal,
        sum(folketal) over (order by kommunekode) as reached,
        sum(folketal) over () as total
    from municipality
)

select
    kommunekode,
    unnest(range(
        (10000 * (reached - folketal) // total)::integer,
        (10000 * reached // total)::integer
    ))::integer as slot,
from reached;

-- The first month in KY (44 = September 2020, 58 = November 2021) and the last day in KMD's sickness register.
create temp table register_switch as
select
    municipality.kommunekode,
    44 + floor(15 * draw('ky month', hash(municipality.kommunekode), 0, 0))::integer as ky_month,
    coalesce(earlier.last_day, date '2020-05-24') as kmd_sickness_until,
from municipality
left join (
    values
    ('183', date '2020-02-23'),
    ('187', date '2020-02-23'),
    ('217', date '2019-11-24'),
    ('420', date '2020-02-23'),
    ('575', date '2019-11-24'),
    ('730', date '2020-02-23'),
    ('751', date '2020-02-23')
) as earlier (kommunekode, last_day)
    on municipality.kommunekode = earlier.kommunekode
