-- Grain: spell x admitted conversation that some month counts. Rules: C-03, C-10.
-- First and last measured month of the spell whose window holds the conversation; below twelve months the window also
-- holds the conversations before spell start.
{{ config(materialized='view') }}

with final as (
    select
        conversations.conversation_id,
        conversations.spell_key,
        min(months.measure_month) as counts_from_month,
        max(months.measure_month) as counts_to_month
    from {{ ref('int_counted_conversations') }} as conversations
    inner join {{ ref('int_measured_months') }} as months
        on
            conversations.spell_key = months.spell_key
            and conversations.start_date <= months.measurement_date
            and (conversations.start_date >= months.window_start_date or not months.is_12_plus)
    group by conversations.conversation_id, conversations.spell_key
)

select * from final
