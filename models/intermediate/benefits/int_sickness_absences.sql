-- Grain: person x first day x last day of a sickness row. Rules: B-03, S-02.
-- Rows of both registers; ends are cut at the as-of date before equal rows become one.
with sickness_rows as (
    select person_key, start_date, end_date from {{ ref('stg_ksd__sickness_spells') }}
    union all
    select person_key, start_date, end_date from {{ ref('stg_kmd__sickness_spells') }}
),

known as ({{ known_rows('sickness_rows') }}),

final as (
    select distinct person_key, start_date, end_date
    from known
)

select * from final
