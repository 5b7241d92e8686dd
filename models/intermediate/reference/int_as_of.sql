-- Grain: one row. The date the delivery is read at: given, or the latest date in it, never later than today.
with event_dates as (
    select end_date as event_date from {{ ref('stg_fleur__payments') }}
    union all
    select end_date as event_date from {{ ref('stg_ram__payments') }}
    union all
    select end_date as event_date from {{ ref('stg_ky__payments') }}
    union all
    select end_date as event_date from {{ ref('stg_kmd_aktiv__payments') }}
    union all
    select end_date as event_date from {{ ref('stg_ksd__sickness_spells') }}
    union all
    select end_date as event_date from {{ ref('stg_kmd__sickness_spells') }}
    union all
    select conversation_date as event_date from {{ ref('stg_tass__conversations') }}
),

final as (
    select
        coalesce(
            {{ date_setting('as_of_date', 'FOKUSMAAL_AS_OF') }},
            least({{ today() }}, max(event_date))
        ) as as_of_date
    from event_dates
)

select * from final
