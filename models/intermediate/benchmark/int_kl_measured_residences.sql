-- Grain: person x residence stretch within the measured ages. Rules: B-07, M-04.
-- Where a person of a measured age lives; days with unknown residence are 000.
{{ config(materialized='view') }}

with measured_ages as (
    select person_key, measured_from as start_date, measured_until as end_date
    from {{ ref('int_persons') }}
    where measured_from <= measured_until
),

split_ages as ({{ split_by_cover('measured_ages', ['person_key'], ref('int_residence_stretches')) }}),

final as (
    select
        stretches.person_key,
        stretches.municipality_code,
        greatest(stretches.start_date, measured_ages.start_date) as start_date,
        least(stretches.end_date, measured_ages.end_date) as end_date
    from {{ ref('int_residence_stretches') }} as stretches
    inner join measured_ages
        on
            stretches.person_key = measured_ages.person_key
            and stretches.start_date <= measured_ages.end_date
            and stretches.end_date >= measured_ages.start_date
    union all
    select person_key, '000' as municipality_code, start_date, end_date
    from split_ages
    where not is_covered
)

select * from final
