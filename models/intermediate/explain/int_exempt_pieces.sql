-- Grain: person x measured group x absence row x stretch in which its code exempts. Rules: E-01.
-- Exempt days with the code they have; a day that two pieces hold belongs to the one that starts first, from own_from on.
with exempt_absences as (
    select
        absences.person_id,
        codes.benefit_group,
        absences.absence_code,
        absences.start_date as absence_start_date,
        codes.absence_name_da,
        codes.visitation_category,
        greatest(absences.start_date, codes.valid_from) as start_date,
        least(absences.end_date, codes.valid_to) as end_date
    from ({{ known_rows(ref('stg_tass__absences')) }}) as absences
    inner join {{ rules('exemption_codes') }} as codes
        on
            absences.absence_code = codes.absence_code
            and absences.start_date <= codes.valid_to
            and absences.end_date >= codes.valid_from
),

visitations as (
    select person_id, visitation_category, start_date, end_date
    from {{ with_person_id(ref('int_visitation_stretches')) }}
    union all
    select person_id, 'ALL' as visitation_category, {{ before_time() }} as start_date, {{ forever() }} as end_date
    from {{ ref('int_persons') }}
),

pieces as (
    select
        exempt_absences.* exclude (start_date, end_date),
        greatest(exempt_absences.start_date, visitations.start_date) as start_date,
        least(exempt_absences.end_date, visitations.end_date) as end_date
    from exempt_absences
    inner join visitations
        on
            exempt_absences.person_id = visitations.person_id
            and exempt_absences.visitation_category = visitations.visitation_category
            and exempt_absences.start_date <= visitations.end_date
            and exempt_absences.end_date >= visitations.start_date
),

final as (
    select
        *,
        greatest(
            start_date,
            max(end_date) over (
                partition by person_id, benefit_group order by start_date asc, end_date desc, absence_code asc
                rows between unbounded preceding and 1 preceding
            ) + 1
        ) as own_from
    from pieces
)

select * from final
