-- Grain: delivered row of a benefit register, or of wage subsidy (løntilskud). Rules: B-01 to B-04.
-- The benefit it is of, and the name of the sentence that says what it gives.
with benefit_rows as (
    select 'KY' as register, person_id, raw_benefit_code, start_date, end_date from {{ ref('stg_ky__payments') }}
    union all
    select 'KMD_AKTIV' as register, person_id, raw_benefit_code, start_date, end_date from {{ ref('stg_kmd_aktiv__payments') }}
    union all
    select 'KSD' as register, person_id, 'SYGEDAGPENGE' as raw_benefit_code, start_date, end_date
    from {{ ref('stg_ksd__sickness_spells') }}
    union all
    select 'KMD_SYGEDAGPENGE' as register, person_id, 'SYGEDAGPENGE' as raw_benefit_code, start_date, end_date
    from {{ ref('stg_kmd__sickness_spells') }}
    union all
    select 'PLANDATA' as register, person_id, raw_benefit_code, start_date, end_date
    from {{ ref('stg_plan__offers') }}
    where offer_type = 'LOENTILSKUD'
),

dagpenge_rows as (
    select * from {{ ref('stg_fleur__payments') }}
    union all
    select * from {{ ref('stg_ram__payments') }}
),

register_rows as (
    select *, null as hundredths, null as insurance_form, false as is_work_sharing
    from benefit_rows
    union all
    select
        register,
        person_id,
        'A_DAGPENGE' as raw_benefit_code,
        start_date,
        end_date,
        hundredths,
        insurance_form,
        is_work_sharing
    from dagpenge_rows
),

final as (
    select
        register_rows.person_id,
        register_rows.register,
        benefits.benefit,
        register_rows.start_date,
        case
            when register_rows.start_date > as_of.as_of_date then register_rows.end_date
            else least(coalesce(register_rows.end_date, as_of.as_of_date), as_of.as_of_date)
        end as end_date,
        register_rows.hundredths,
        register_rows.insurance_form,
        case
            when register_rows.start_date > as_of.as_of_date then 'row_after_as_of'
            when register_rows.register = 'PLANDATA' and benefits.counts_wage_subsidy then 'wage_subsidy'
            when register_rows.register = 'PLANDATA' then 'wage_subsidy_adds_nothing'
            when benefits.benefit = 'sygedagpenge' then 'sickness_row'
            when register_rows.hundredths is null then 'payment'
            when payment_registers.register is null then 'other_register_used'
            when register_rows.is_work_sharing then 'work_sharing'
            when register_rows.hundredths = 0 then 'no_hours_paid'
            else 'hours_paid'
        end as sentence
    from register_rows
    inner join {{ ref('benefits') }} as benefits on register_rows.raw_benefit_code = benefits.raw_code
    cross join {{ ref('int_as_of') }} as as_of
    left join {{ ref('payment_registers') }} as payment_registers
        on
            register_rows.register = payment_registers.register
            and register_rows.start_date between payment_registers.valid_from and payment_registers.valid_to
)

select * from final
