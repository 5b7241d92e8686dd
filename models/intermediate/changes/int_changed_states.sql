-- Grain: municipality x year whose supervision state differs from the previous publication. Rules: V-02 to V-06.
with final as (
    select
        latest.municipality_code,
        latest."year",
        earlier.status as previous_status,
        latest.status as current_status
    from {{ ref('mart_supervision') }} as latest
    inner join {{ previous('mart_supervision') }} as earlier
        on latest.municipality_code = earlier.municipality_code and latest."year" = earlier."year"
    where latest.status <> earlier.status
)

select * from final
