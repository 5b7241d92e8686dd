-- Grain: person in either build, when the builds can be compared person by person. Rules: X-01.
-- A person has new data when the raw rows differ: then the fingerprints do.
with final as (
    select
        coalesce(hash(latest.person_id), hash(earlier.person_id)) as person_key,
        coalesce(latest.data_fingerprint <> earlier.data_fingerprint, true) as is_new_data
    from {{ ref('build_persons') }} as latest
    full outer join {{ previous('build_persons') }} as earlier on latest.person_id = earlier.person_id
    where (select comparison.is_by_person from {{ ref('int_build_comparison') }} as comparison)
)

select * from final
