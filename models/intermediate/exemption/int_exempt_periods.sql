-- Grain: person x measured group x merged exempt period outside dead periods. Rules: E-01, E-02.
-- A code that is listed for one visitation category exempts only on the days with that category.
with known_absences as ({{ known_rows(ref('stg_tass__absences')) }}),

measured_groups as (
    select distinct person_key, benefit_group
    from {{ ref('int_spells') }}
),

exempt_absences as (
    select
        known_absences.person_key,
        measured_groups.benefit_group,
        codes.visitation_category,
        greatest(known_absences.start_date, codes.valid_from) as start_date,
        least(known_absences.end_date, codes.valid_to) as end_date
    from known_absences
    inner join measured_groups on known_absences.person_key = measured_groups.person_key
    inner join {{ rules('exemption_codes') }} as codes
        on
            known_absences.absence_code = codes.absence_code
            and measured_groups.benefit_group = codes.benefit_group
            and known_absences.start_date <= codes.valid_to
            and known_absences.end_date >= codes.valid_from
),

exempt_days as (
    select person_key, benefit_group, start_date, end_date
    from exempt_absences
    where visitation_category = 'ALL'
    union all
    select
        exempt_absences.person_key,
        exempt_absences.benefit_group,
        greatest(exempt_absences.start_date, visitations.start_date) as start_date,
        least(exempt_absences.end_date, visitations.end_date) as end_date
    from exempt_absences
    inner join {{ ref('int_visitation_stretches') }} as visitations
        on
            exempt_absences.person_key = visitations.person_key
            and exempt_absences.visitation_category = visitations.visitation_category
            and exempt_absences.start_date <= visitations.end_date
            and exempt_absences.end_date >= visitations.start_date
),

exempt_periods as ({{ merge_intervals('exempt_days', ['person_key', 'benefit_group']) }}),

split_periods as ({{ split_by_cover('exempt_periods', ['person_key', 'benefit_group'], ref('int_dead_periods')) }}),

final as (
    select person_key, benefit_group, start_date, end_date
    from split_periods
    where not is_covered
)

select * from final
