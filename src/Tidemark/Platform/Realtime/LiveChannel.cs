using System.Text.Json;

namespace Tidemark.Platform.Realtime;

/// <summary>One channel on this node: its numbering, the window it keeps, and who listens.</summary>
sealed class LiveChannel(string name, ChannelDefinition definition, string epoch, long after, TimeProvider clock)
{
    readonly Lock _gate = new();
    readonly Queue<(long Seq, byte[] Frame)> _kept = new();
    readonly HashSet<HubConnection> _listeners = [];
    long _seq = after;
    long _usedAt = clock.GetTimestamp();
    bool _isForgotten;

    public string Name => name;
    public Delivery Delivery => definition.Delivery;

    /// <summary>Numbers the message, writes its bytes once, and queues the same bytes for each listener; false where the channel was forgotten and another has to be opened.</summary>
    public bool Send(JsonElement data, DateTimeOffset at)
    {
        lock (_gate)
        {
            if (_isForgotten)
            {
                return false;
            }
            _usedAt = clock.GetTimestamp();
            var frame = Frames.Message(name, ++_seq, at, data);
            _kept.Enqueue((_seq, frame));
            if (_kept.Count > definition.Kept)
            {
                _kept.Dequeue();
            }
            foreach (var listener in _listeners)
            {
                listener.Queue(this, frame, data);
            }
            return true;
        }
    }

    /// <summary>The number of its newest message.</summary>
    public long Newest => Interlocked.Read(ref _seq);

    /// <summary>Whether it was let go of: nobody hears it, and it was silent for so long.</summary>
    public bool Forget(TimeSpan silence)
    {
        lock (_gate)
        {
            return _isForgotten |= _listeners.Count == 0 && clock.GetElapsedTime(_usedAt) > silence;
        }
    }

    /// <summary>
    /// Joins, and queues in one step what the client missed since its last message: no message can fall between the two.
    /// Where the window no longer holds all of it, a gap message says which numbers are lost; where the node has begun a new life
    /// since, it says that what was missed in the old one is lost, and the kept messages of the new life follow. False where the channel was forgotten.
    /// </summary>
    public bool Join(HubConnection listener, string? id, ResumePoint? resume)
    {
        lock (_gate)
        {
            if (_isForgotten)
            {
                return false;
            }
            _usedAt = clock.GetTimestamp();
            _listeners.Add(listener);
            listener.Queue(Frames.Subscribed(id, name, epoch, _seq));
            if (resume is null)
            {
                return true;
            }
            var sameLife = resume.Epoch == epoch && resume.Seq <= _seq && resume.Seq >= 0;
            var seen = sameLife ? resume.Seq : 0;
            var oldest = _kept.Count > 0 ? _kept.Peek().Seq : _seq + 1;
            if (!sameLife || seen + 1 < oldest)
            {
                listener.Queue(Frames.Gap(name, epoch, sameLife ? "window" : "restart", seen + 1, oldest - 1));
            }
            foreach (var (seq, frame) in _kept)
            {
                if (seq > seen)
                {
                    listener.Replay(frame);
                }
            }
            return true;
        }
    }

    public bool IsHeard
    {
        get
        {
            lock (_gate)
            {
                return _listeners.Count > 0;
            }
        }
    }

    public bool Leave(HubConnection listener)
    {
        lock (_gate)
        {
            _usedAt = clock.GetTimestamp();
            return _listeners.Remove(listener);
        }
    }
}
