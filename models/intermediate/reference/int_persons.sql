-- Grain: person. Rules: B-07.
-- Every person with a birth date or a benefit row, and the days between which age allows measuring (null: never).
with benefit_rows as (
    select person_key, person_id from {{ ref('stg_fleur__payments') }}
    union all
    select person_key, person_id from {{ ref('stg_ram__payments') }}
    union all
    select person_key, person_id from {{ ref('stg_ky__payments') }}
    union all
    select person_key, person_id from {{ ref('stg_kmd_aktiv__payments') }}
    union all
    select person_key, person_id from {{ ref('stg_ksd__sickness_spells') }}
    union all
    select person_key, person_id from {{ ref('stg_kmd__sickness_spells') }}
    union all
    select person_key, person_id from {{ ref('stg_plan__offers') }}
),

persons_without_birth_date as (
    select distinct benefit_rows.person_key, benefit_rows.person_id
    from benefit_rows
    anti join {{ ref('stg_cpr__persons') }} as registered on benefit_rows.person_key = registered.person_key
),

persons as (
    select person_key, person_id, birth_date from {{ ref('stg_cpr__persons') }}
    union all
    select person_key, person_id, null as birth_date from persons_without_birth_date
),

final as (
    select
        persons.person_key,
        persons.person_id,
        persons.birth_date,
        {{ add_months('persons.birth_date', "12 * " ~ legal_parameter('minimum_age')) }} as measured_from,
        {{ add_months('persons.birth_date', '12 * pension_ages.pension_years + pension_ages.pension_months') }} - 1
            as measured_until
    from persons
    left join {{ ref('pension_ages') }} as pension_ages
        on persons.birth_date between pension_ages.born_from and pension_ages.born_to
)

select * from final
