-- The job of side-by-side.yaml in DuckDB's SQL, on the same files: what someone would write instead of a rulebook.
-- side-by-side.py puts the folder in place of {folder} and the output file in place of {out}.
SET VARIABLE as_of = TIMESTAMP '2026-01-01 00:00:00';

CREATE TEMP TABLE behaviour AS
WITH event AS (
    SELECT lead_id, event_type, url, duration_s, "timestamp" AS moment,
           -- What is left of a point after thirty-day half-lives; nothing outside of the window of ninety days.
           CASE WHEN "timestamp" > getvariable('as_of') - INTERVAL 90 DAY
                THEN pow(2, -(epoch_ms(getvariable('as_of')) - epoch_ms("timestamp")) / (30 * 86400000.0)) END AS left_over
    FROM read_csv('{folder}/events.csv', header = true, columns = {
        event_id: 'VARCHAR', lead_id: 'VARCHAR', event_type: 'VARCHAR', "timestamp": 'TIMESTAMP', url: 'VARCHAR',
        duration_s: 'DOUBLE', campaign: 'VARCHAR' })
    WHERE "timestamp" <= getvariable('as_of')
)
SELECT lead_id,
    max(moment) FILTER (WHERE event_type NOT IN ('email_sent', 'email_bounce', 'email_unsubscribe')) AS last_at,
      round(least(coalesce(sum(left_over) FILTER (WHERE event_type = 'page_view'), 0), 20), 2)
    + round(least(coalesce(sum(5 * left_over) FILTER (WHERE event_type = 'page_view' AND contains(lower(url), '/pricing')), 0), 25), 2)
    + round(greatest(coalesce(sum(-5 * left_over) FILTER (WHERE event_type = 'page_view' AND contains(lower(url), '/careers')), 0), -15), 2)
    + round(least(coalesce(sum(2 * left_over) FILTER (WHERE event_type = 'page_view' AND duration_s >= 120), 0), 10), 2)
    + round(least(coalesce(sum(0.5 * left_over) FILTER (WHERE event_type = 'email_open'), 0), 10), 2)
    + round(least(coalesce(sum(3 * left_over) FILTER (WHERE event_type = 'email_click'), 0), 24), 2)
    + round(greatest(coalesce(sum(-5 * left_over) FILTER (WHERE event_type = 'email_bounce'), 0), -10), 2)
    + round(greatest(coalesce(sum(-20) FILTER (WHERE event_type = 'email_unsubscribe' AND left_over IS NOT NULL), 0), -20), 2)
    + round(least(coalesce(sum(10 * left_over) FILTER (WHERE event_type = 'form_submit'), 0), 30), 2)
    + round(least(coalesce(sum(25 * left_over) FILTER (WHERE event_type = 'demo_request'), 0), 50), 2)
    + round(least(coalesce(sum(5 * left_over) FILTER (WHERE event_type = 'content_download'), 0), 25), 2)
    + round(least(coalesce(sum(5 * left_over) FILTER (WHERE event_type = 'webinar_register'), 0), 15), 2)
    + round(least(coalesce(sum(10 * left_over) FILTER (WHERE event_type = 'webinar_attend'), 0), 30), 2)
    + round(least(coalesce(sum(30 * left_over) FILTER (WHERE event_type = 'trial_start'), 0), 30), 2)
    + round(least(coalesce(sum(4 * left_over) FILTER (WHERE event_type = 'chat_start'), 0), 16), 2)
    + round(least(coalesce(sum(left_over) FILTER (WHERE event_type = 'ad_click'), 0), 5), 2)
    + round(least(coalesce(sum(20 * left_over) FILTER (WHERE event_type = 'meeting_booked'), 0), 40), 2) AS points
FROM event GROUP BY lead_id;

COPY (
    WITH lead AS (
        SELECT *, lower(title) AS low_title, lower(split_part(email, '@', -1)) AS host
        FROM read_csv('{folder}/leads.csv', header = true, columns = {
            lead_id: 'VARCHAR', email: 'VARCHAR', name: 'VARCHAR', title: 'VARCHAR', company: 'VARCHAR', industry: 'VARCHAR',
            country: 'VARCHAR', employees: 'DOUBLE', annual_revenue: 'DOUBLE', source: 'VARCHAR', lifecycle_stage: 'VARCHAR',
            created_at: 'TIMESTAMP', notes: 'VARCHAR' })
    ), scored AS (
        SELECT lead_id,
              CASE WHEN industry IN ('Software', 'Financial Services', 'Healthcare') THEN 15 ELSE 0 END
            + CASE WHEN industry IN ('Education', 'Government', 'Oil, Gas') THEN -5 ELSE 0 END
            + CASE WHEN country IN ('US', 'GB', 'DE', 'CA') THEN 10 ELSE 0 END
            + CASE WHEN country IS NULL OR country IN ('NG', 'BR') THEN -5 ELSE 0 END
            + CASE WHEN employees BETWEEN 50 AND 999 THEN 10 ELSE 0 END
            + CASE WHEN employees >= 1000 THEN 20 ELSE 0 END
            + CASE WHEN employees < 10 THEN -5 ELSE 0 END
            + CASE WHEN annual_revenue >= 10000000 THEN 15 ELSE 0 END
            + CASE WHEN regexp_matches(low_title, 'chief|vp|vice president|director|head of') THEN 15 ELSE 0 END
            + CASE WHEN regexp_matches(low_title, 'intern|student|assistant') THEN -15 ELSE 0 END
            + CASE WHEN host IN ('gmail.com', 'yahoo.com', 'hotmail.com', 'outlook.com', 'aol.com', 'icloud.com', 'gmx.de',
                                 'proton.me') THEN -10 ELSE 0 END
            + CASE WHEN source = 'referral' THEN 8 ELSE 0 END
            + CASE WHEN source = 'list_purchase' THEN -8 ELSE 0 END
            + CASE WHEN created_at >= TIMESTAMP '2025-12-02' THEN 5 ELSE 0 END
            + CASE WHEN lifecycle_stage IN ('customer', 'unqualified') THEN -50 ELSE 0 END AS fit,
              coalesce(points, 0)
            + CASE WHEN last_at IS NULL OR getvariable('as_of') - last_at > INTERVAL 60 DAY THEN -10
                   WHEN getvariable('as_of') - last_at > INTERVAL 30 DAY THEN -5 ELSE 0 END AS engagement
        FROM lead LEFT JOIN behaviour USING (lead_id)
    )
    SELECT lead_id, fit, round(engagement, 2) AS engagement, round(fit + engagement, 2) AS total,
        CASE WHEN total >= 90 THEN 'sales_ready' WHEN total >= 60 THEN 'mql' WHEN total >= 30 THEN 'nurture'
             WHEN total >= 0 THEN 'cold' ELSE 'disqualified' END AS stage
    FROM scored
) TO '{out}' (HEADER);
