-- Grain: spell x below or from seven months x stretch that begins with a merged offer period. Rules: O-02, O-06.
-- From seven months on also the courses that need them.
with periods as (
    select spell_key, false as is_7_months_plus, start_date, end_date
    from {{ ref('int_qualifying_offer_periods') }}
    where not needs_seven_months
    union all
    select spell_key, true as is_7_months_plus, start_date, end_date
    from {{ ref('int_qualifying_offer_periods') }}
),

merged_periods as ({{ merge_intervals('periods', ['spell_key', 'is_7_months_plus']) }}),

final as (
    select
        spell_key,
        is_7_months_plus,
        start_date,
        end_date,
        coalesce(
            lead(start_date) over (partition by spell_key, is_7_months_plus order by start_date) - 1,
            {{ forever() }}
        ) as until_date
    from merged_periods
)

select * from final
