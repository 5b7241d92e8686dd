-- Grain: contact form x stretch of dates. Rules: C-04, C-05, C-06, C-07, C-09.
-- The dated permissions as a gap-free set of stretches, with the rule that rejects when none of them applies.
with permissions as (
    select *
    from {{ rules('contact_form_permissions') }}
),

regimes as (
    select *
    from {{ rules('contact_regimes') }}
),

boundaries as (
    select contact_form, valid_from as start_date from permissions
    union
    select contact_form, valid_to + 1 as start_date from permissions
    union
    select permissions.contact_form, regimes.valid_from as start_date
    from permissions
    cross join regimes
),

stretches as (
    select
        contact_form,
        start_date,
        coalesce(lead(start_date) over (partition by contact_form order by start_date) - 1, {{ forever() }}) as end_date
    from boundaries
),

final as (
    select
        stretches.contact_form,
        stretches.start_date,
        stretches.end_date,
        regimes.regime,
        coalesce(bool_or(permissions.permission = 'C-04' and permissions.condition = 'none'), false) as permits_personal,
        coalesce(bool_or(permissions.permission = 'C-05' and permissions.condition = 'in_offer'), false) as permits_in_offer,
        coalesce(bool_or(permissions.permission = 'C-06' and permissions.condition = 'six_months'), false)
            as permits_after_six_months,
        coalesce(bool_or(permissions.permission = 'C-07' and permissions.condition = 'none'), false) as permits_corona,
        coalesce(bool_or(permissions.permission = 'C-09' and permissions.condition = 'none'), false) as permits_first,
        coalesce(bool_or(permissions.permission = 'C-09' and permissions.condition = 'later'), false) as permits_later
    from stretches
    inner join regimes
        on stretches.start_date between regimes.valid_from and regimes.valid_to
    left join permissions
        on
            stretches.contact_form = permissions.contact_form
            and stretches.start_date between permissions.valid_from and permissions.valid_to
    group by stretches.contact_form, stretches.start_date, stretches.end_date, regimes.regime
)

select * from final
