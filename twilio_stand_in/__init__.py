"""A stand-in for Twilio: takes our sends, signs its webhooks, and can misbehave.

It shares no code with `channels.sms`, so that a mistake there is not made here too.
"""
