-- Grain: warning about spells and residences. Rules: X-03, S-02, M-04.
-- Touching sickness spells, person-months without a residence, and residences in an unknown municipality.
with sickness_spells as (
    select
        person_key,
        start_date,
        lag(end_date) over (partition by person_key order by start_date) as previous_end_date
    from {{ ref('int_spells') }}
    where benefit_group = 'sygedagpenge'
),

unknown_municipalities as (
    select residences.person_key
    from {{ ref('stg_cpr__residences') }} as residences
    anti join {{ ref('municipalities') }} as municipalities
        on residences.municipality_code = municipalities.municipality_code
    where residences.municipality_code <> '000'
),

final as (
    select
        'touching_sickness_spells' as warning_code,
        'ksd_sygedagpenge' as source_table,
        count(*) as rows,
        count(distinct person_key) as persons
    from sickness_spells
    where start_date between previous_end_date and previous_end_date + 1
    union all
    select
        'unknown_residence' as warning_code,
        'cpr_bopael' as source_table,
        count(*) as rows,
        count(distinct person_key) as persons
    from {{ ref('int_person_months') }}
    where municipality_code = '000'
    union all
    select
        'unknown_municipality' as warning_code,
        'cpr_bopael' as source_table,
        count(*) as rows,
        count(distinct person_key) as persons
    from unknown_municipalities
)

select * from final
