-- Rules: M-04, M-11, E-05.
-- The cells of a municipality, one group and one interval are the person-months, counted.
with counted as (
    select
        municipality_code,
        measure_month,
        benefit_group,
        duration_interval,
        count(*) filter (where not is_exempt_offers) as persons_measured,
        count(*) filter (where not is_exempt_offers and has_offer) as persons_with_offer,
        count(*) filter (where not is_exempt_offers and not is_active) as persons_without,
        count(*) filter (where is_exempt_offers) as persons_exempt
    from {{ ref('fct_person_months') }}
    group by municipality_code, measure_month, benefit_group, duration_interval
),

cells as (
    select *
    from {{ ref('mart_offers_monthly') }}
    where
        area_type = 'municipality'
        and benefit_group <> 'all'
        and duration_interval not in ('under_12', '12_plus', 'all')
),

final as (
    select
        coalesce(counted.municipality_code, cells.area_code) as municipality_code,
        coalesce(counted.measure_month, cells.measure_month) as measure_month,
        coalesce(counted.benefit_group, cells.benefit_group) as benefit_group,
        coalesce(counted.duration_interval, cells.duration_interval) as duration_interval,
        counted.persons_measured as persons_counted,
        cells.persons_measured
    from counted
    full join cells
        on
            counted.municipality_code = cells.area_code
            and counted.measure_month = cells.measure_month
            and counted.benefit_group = cells.benefit_group
            and counted.duration_interval = cells.duration_interval
    where
        (counted.persons_measured, counted.persons_with_offer, counted.persons_without, counted.persons_exempt)
        is distinct from (cells.persons_measured, cells.persons_with_offer, cells.persons_without, cells.persons_exempt)
)

select * from final
