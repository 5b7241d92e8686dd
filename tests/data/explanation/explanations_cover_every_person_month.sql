-- Rules: M-01, M-02, M-03, B-07.
-- What is said to be measured are the person-months, with their spell and measurement date; no month is told twice.
with explained as (
    select
        person_id,
        measure_month,
        benefit_group,
        spell_id,
        measurement_date,
        is_measured,
        count(*) over (partition by person_id, measure_month, benefit_group) as times_told
    from {{ ref('explain_population') }}
),

final as (
    select
        coalesce(explained.person_id, person_months.person_id) as person_id,
        coalesce(explained.measure_month, person_months.measure_month) as measure_month,
        coalesce(explained.benefit_group, person_months.benefit_group) as benefit_group,
        explained.is_measured,
        explained.times_told
    from explained
    full join {{ ref('fct_person_months') }} as person_months
        on {{ same_month('explained', 'person_months') }}
    where
        explained.is_measured is distinct from (person_months.person_id is not null)
        or explained.times_told > 1
        or (explained.is_measured and explained.spell_id is distinct from person_months.spell_id)
        or (explained.is_measured and explained.measurement_date is distinct from person_months.measurement_date)
)

select * from final
