-- Grain: one payment row of a-dagpenge that is used. Rules: B-02.
-- Each register is used for its own time; work-sharing rows are left out; the end stays as delivered (T-03).
with payments as (
    select * from {{ ref('stg_fleur__payments') }}
    union all
    select * from {{ ref('stg_ram__payments') }}
),

final as (
    select
        payments.person_key,
        payments.start_date,
        payments.end_date,
        payments.hundredths,
        payments.insurance_form
    from payments
    inner join {{ ref('payment_registers') }} as payment_registers
        on
            payments.register = payment_registers.register
            and payments.start_date between payment_registers.valid_from and payment_registers.valid_to
    cross join {{ ref('int_as_of') }} as as_of
    where not payments.is_work_sharing and payments.start_date <= as_of.as_of_date
)

select * from final
