-- The tables of the sharing export, from the published marts (attached as `published`). share.py tells the rule.
-- Run from top to bottom; the schema marts is what is handed on.

create schema marts;

create temp macro minimum() as 10;
create temp macro largest_hidden() as minimum() - 1;
create temp macro is_small(persons) as coalesce(persons, 0) < minimum();
create temp macro tens(persons) as case when not is_small(persons) then cast(round(persons, -1) as bigint) end;
create temp macro least_measured() as 200;
create temp macro least_share() as 0.1;

-- 1. Municipalities: all groups, 12 months and over, each calendar year whole or not at all.

create temp table municipality_months as
select
    'conversations' as subject, area_code, measure_month, persons_measured, persons_under_4 as persons_lacking
from published.marts.mart_conversations_monthly
where area_type = 'municipality' and benefit_group = 'all' and duration_interval = '12_plus'
union all
select 'offers', area_code, measure_month, persons_measured, persons_without
from published.marts.mart_offers_monthly
where area_type = 'municipality' and benefit_group = 'all' and duration_interval = '12_plus';

create temp table shown_years as
with measured_years as (
    select year(measure_month) as shown_year, 2 * count(distinct measure_month) as rows_of_year
    from municipality_months
    group by all
)

select months.area_code, measured_years.shown_year
from municipality_months as months
inner join measured_years on year(months.measure_month) = measured_years.shown_year
where not is_small(months.persons_lacking) and not is_small(months.persons_measured - months.persons_lacking)
group by months.area_code, measured_years.shown_year, measured_years.rows_of_year
having count(*) = measured_years.rows_of_year;

create temp table shown_months as
select months.*
from municipality_months as months
semi join shown_years as years
    on months.area_code = years.area_code and year(months.measure_month) = years.shown_year;

create temp table area_months as
select months.subject, areas.area_type, areas.area_code, months.measure_month,
    sum(months.persons_measured) as persons_measured, sum(months.persons_lacking) as persons_lacking
from shown_months as months
inner join (
    select area_code as municipality_code, unnest([
        {'area_type': 'municipality', 'area_code': area_code},
        {'area_type': 'region', 'area_code': region_code},
        {'area_type': 'country', 'area_code': 'DK'}
    ], recursive := true)
    from (select distinct area_code from shown_months)
    left join regions using (area_code)
) as areas on months.area_code = areas.municipality_code
where areas.area_code is not null
group by all;

-- 2. The country by group and duration interval: counts in tens, totals from the counts that are left.

create temp table national_counts as
select measure_month, benefit_group, duration_interval, is_12_plus, conversations, tens(persons) as persons
from (
    unpivot (
        select cells.measure_month, cells.benefit_group, cells.duration_interval,
            intervals.duration_total = '12_plus' as is_12_plus,
            cells.persons_0, cells.persons_1, cells.persons_2, cells.persons_3, cells.persons_4, cells.persons_5_plus
        from published.marts.mart_conversations_monthly as cells
        inner join published.marts.dim_duration_interval as intervals using (duration_interval)
        where cells.area_type = 'country' and cells.benefit_group <> 'all' and not intervals.is_total
    ) on persons_0, persons_1, persons_2, persons_3, persons_4, persons_5_plus into name conversations value persons
);

create temp table national_shares as
with counted as (
    select measure_month, benefit_group, duration_interval, is_12_plus, sum(persons) as persons_measured
    from national_counts
    group by all
)

select counted.*, round(cells.persons_without / cells.persons_measured, 2) as share_without
from counted
inner join published.marts.mart_offers_monthly as cells
    on cells.area_type = 'country' and counted.measure_month = cells.measure_month
    and counted.benefit_group = cells.benefit_group and counted.duration_interval = cells.duration_interval
where counted.persons_measured >= least_measured() and share_without between least_share() and 1 - least_share();

-- 3. The groups of a month hold at least the persons of its municipalities. Where they exceed those shown by less than nine,
--    what is withheld of a municipality would be bounded more closely, so the groups of that month are left out.

create temp table free_months as
with group_cells as (
    select 'conversations' as subject, area_type, benefit_group, duration_interval, measure_month,
        persons_measured, persons_under_4 as persons_lacking
    from published.marts.mart_conversations_monthly
    union all
    select 'offers', area_type, benefit_group, duration_interval, measure_month, persons_measured, persons_without
    from published.marts.mart_offers_monthly
),

in_groups as (
    select subject, measure_month, sum(persons_measured) as measured, sum(persons_lacking) as lacking
    from group_cells
    where area_type = 'country' and benefit_group <> 'all' and duration_interval = '12_plus'
    group by all
),

in_municipalities as (
    select subject, measure_month, persons_measured as measured, persons_lacking as lacking
    from area_months
    where area_type = 'country'
),

excess as (
    select
        measure_month,
        in_groups.measured - coalesce(in_municipalities.measured, 0) as measured,
        in_groups.lacking - coalesce(in_municipalities.lacking, 0) as lacking
    from in_groups
    left join in_municipalities using (subject, measure_month)
)

select measure_month
from excess
group by measure_month
having min(least(lacking, measured - lacking)) >= largest_hidden();

-- The tables.

create table marts.dim_benefit_group as from published.marts.dim_benefit_group order by sort_order;
create table marts.dim_duration_interval as from published.marts.dim_duration_interval order by sort_order, is_total;

create table marts.mart_conversations_monthly as
with national as (
    select measure_month, benefit_group, unnest([duration_interval, total, 'all']) as duration_interval, conversations, persons
    from (select *, case when is_12_plus then '12_plus' else 'under_12' end as total from national_counts)
    semi join free_months using (measure_month)
),

national_cells as (
    select
        'country' as area_type, 'DK' as area_code, measure_month, benefit_group, duration_interval,
        sum(persons) filter (where conversations = 'persons_0') as persons_0,
        sum(persons) filter (where conversations = 'persons_1') as persons_1,
        sum(persons) filter (where conversations = 'persons_2') as persons_2,
        sum(persons) filter (where conversations = 'persons_3') as persons_3,
        sum(persons) filter (where conversations = 'persons_4') as persons_4,
        sum(persons) filter (where conversations = 'persons_5_plus') as persons_5_plus,
        sum(persons) as persons_measured,
        sum(persons) filter (where conversations not in ('persons_4', 'persons_5_plus')) as persons_under_4
    from national
    group by all
    having persons_measured is not null
),

cells as (
    select * from national_cells
    union all by name
    select
        area_type, area_code, measure_month, 'all' as benefit_group, '12_plus' as duration_interval,
        persons_measured, persons_lacking as persons_under_4
    from area_months
    where subject = 'conversations'
)

select *, round(persons_under_4 / persons_measured, 3) as share_under_4
from cells
order by measure_month, area_type, area_code, benefit_group, duration_interval;

create table marts.mart_offers_monthly as
with national as (
    select measure_month, benefit_group, unnest([duration_interval, total, 'all']) as duration_interval,
        persons_measured, share_without
    from (select *, case when is_12_plus then '12_plus' else 'under_12' end as total from national_shares)
    semi join free_months using (measure_month)
),

cells as (
    select
        'country' as area_type, 'DK' as area_code, measure_month, benefit_group, duration_interval,
        sum(persons_measured) as persons_measured,
        cast(null as bigint) as persons_without,
        round(sum(share_without * persons_measured) / sum(persons_measured), 2) as share_without
    from national
    group by all
    union all by name
    select
        area_type, area_code, measure_month, 'all' as benefit_group, '12_plus' as duration_interval,
        persons_measured, persons_lacking as persons_without, round(persons_lacking / persons_measured, 3) as share_without
    from area_months
    where subject = 'offers'
)

select *
from cells
order by measure_month, area_type, area_code, benefit_group, duration_interval;

create temp table averages as
select
    latest.subject, latest.area_type, latest.area_code, latest.measure_month,
    round(avg(earlier.persons_lacking / earlier.persons_measured), 10) as average
from area_months as latest
inner join area_months as earlier
    on latest.subject = earlier.subject and latest.area_type = earlier.area_type and latest.area_code = earlier.area_code
    and earlier.measure_month between latest.measure_month - interval 11 months and latest.measure_month
group by all
having count(*) = 12;

create table marts.mart_focus_goals_monthly as
select
    goals.area_type, goals.area_code, goals.measure_month,
    round(offers.average, 3) as avg_share_without_offer, goals.offer_limit, offers.average < goals.offer_limit as is_offer_goal_met,
    round(conversations.average, 3) as avg_share_under_4, goals.conversation_limit,
    conversations.average < goals.conversation_limit as is_conversation_goal_met
from published.marts.mart_focus_goals_monthly as goals
left join averages as offers
    on offers.subject = 'offers' and goals.area_type = offers.area_type and goals.area_code = offers.area_code
    and goals.measure_month = offers.measure_month
left join averages as conversations
    on conversations.subject = 'conversations' and goals.area_type = conversations.area_type
    and goals.area_code = conversations.area_code and goals.measure_month = conversations.measure_month
where offers.average is not null or conversations.average is not null
order by goals.measure_month, goals.area_type, goals.area_code;

create table marts.mart_supervision as
select * exclude (reason) from published.marts.mart_supervision
order by "year", municipality_code;
