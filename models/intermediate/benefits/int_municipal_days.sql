-- Grain: person x benefit x merged period of municipal benefit days. Rules: B-05.
-- Days inside forrevalidering belong to revalidering, whatever benefit was paid.
with known_prerehabilitations as ({{ known_rows(ref('stg_ky__prerehabilitations')) }}),

prerehabilitations as ({{ merge_intervals('known_prerehabilitations', ['person_key']) }}),

split_payments as ({{ split_by_cover(ref('int_municipal_payments'), ['person_key', 'benefit'], 'prerehabilitations') }}),

reassigned as (
    select
        person_key,
        case when is_covered then {{ code('benefit', "'revalidering'") }} else benefit end as benefit,
        start_date,
        end_date
    from split_payments
),

final as ({{ merge_intervals('reassigned', ['person_key', 'benefit']) }})

select * from final
