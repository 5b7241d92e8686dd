-- Rules: C-08, I-16. Source: 001, Skema 2 and Hvilke samtaler tælles med.
-- In version 1.73 every trial has the municipalities, the forms and the days of its Skema 2.
with trials as (
    select
        scheme,
        valid_from,
        valid_to,
        count(distinct municipality_code) as municipalities,
        string_agg(distinct contact_form, ' ' order by contact_form) as forms,
        count(*) as permissions
    from {{ rules_by_version('trial_municipalities') }}
    where method_version = '1.73'
    group by scheme, valid_from, valid_to
),

misnamed as (
    select trials.scheme, trials.municipality_code, trials.municipality_name
    from {{ ref('trial_municipalities') }} as trials
    left join {{ ref('municipalities') }} as municipalities
        on
            trials.municipality_code = municipalities.municipality_code
            and trials.municipality_name = municipalities.municipality_name
    where municipalities.municipality_code is null
),

final as (
    select scheme, cast(valid_from as varchar) as about, forms
    from trials
    where
        (valid_from, valid_to, municipalities, forms, permissions) is distinct from case scheme
            when 'Nordjyske frikommuner' then (date '2017-07-01', date '2023-12-31', 11, 'TELEFON VIDEO', 22)
            when 'Sjællandske frikommuner' then (date '2017-07-01', date '2021-12-31', 9, 'TELEFON VIDEO', 18)
            when 'København' then (date '2018-09-01', date '2020-09-01', 1, 'TELEFON VIDEO', 2)
            when 'Solrød' then (date '2018-11-01', date '2022-12-31', 1, 'VIDEO', 1)
        end
    union all
    select 'four schemes' as scheme, cast(count(*) as varchar) as about, null as forms
    from trials
    having count(*) <> 4
    union all
    select scheme, municipality_code as about, municipality_name as forms
    from misnamed
)

select * from final
