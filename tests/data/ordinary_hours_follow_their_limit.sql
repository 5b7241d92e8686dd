-- Rules: H-01, H-02.
-- Ordinary hours are told from seven months on, not for a-dagpenge and sygedagpenge; they count from 225 hours up to
-- February 2023 and from 100 hours from March 2023 (version notat-2023-03-22); and a person is active with an offer or with
-- such hours.
with final as (
    select
        spell_id, measure_month, benefit_group, duration_interval, ordinary_hours, has_ordinary_hours, has_offer, is_active
    from {{ ref('fct_person_months') }}
    where
        (ordinary_hours is null) <> (
            benefit_group in ('a_dagpenge', 'sygedagpenge')
            or duration_interval in ('m00', 'm01', 'm02', 'm03', 'm04', 'm05', 'm06')
        )
        or has_ordinary_hours <> (
            coalesce(ordinary_hours, 0)
            >= case when measure_month >= date '2023-03-01' and {{ is_built_from('notat-2023-03-22') }} then 100 else 225 end
        )
        or is_active <> (has_offer or has_ordinary_hours)
)

select * from final
